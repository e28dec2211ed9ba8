abstract class Context {
  GroupCache groupCache;
  Group tiles;
  Group countries;
  Group products;
  PeerPicker peerPicker;
  HttpPool httpPool;
  JsonMapper json;
  String key;
}

interface TileRenderer { byte[] render(String key); }

record Product(long id, String name) {}

interface ProductRepository { Optional<Product> find(long id); }

record Row(String code, com.google.protobuf.StringValue toProto) {}

interface CountryRepository { List<Row> findByCodes(Set<String> codes); }
