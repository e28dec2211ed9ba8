package io.groupcache.sample;

import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.sample.color.DrawnTiles;
import io.groupcache.sample.color.TileGetter;
import io.groupcache.sample.country.Census;
import io.groupcache.sample.country.CountryRepository;
import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.tile.TileRenderer;
import io.groupcache.sample.tile.WorldMap;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The two groups, and what their getters load from. A bean's name is its group's. */
@Configuration(proxyBeanMethods = false)
class Groups {

  /**
   * Slow to draw and seldom changing: keys such as {@code 3/4/2} give PNG images. What changes a
   * tile removes it.
   */
  @Bean
  Getter tiles(TileRenderer renderer, DrawnTiles drawnTiles, CountryRepository repository) {
    return new TileGetter(renderer, drawnTiles, repository::colors);
  }

  /**
   * Rows of a table, which may change: ISO codes such as {@code CH} give protobuf messages. How
   * long they may be used is in {@code application.yml}.
   */
  @Bean
  Getter countries(CountryRepository repository) {
    return (context, key, dest) ->
        dest.setProto(repository.findByCode(key).orElseThrow(() -> new KeyNotFoundException(key)));
  }

  @Bean
  Atlas atlas() throws IOException {
    return Atlas.read();
  }

  @Bean
  WorldMap worldMap(Atlas atlas) throws IOException {
    return new WorldMap(atlas);
  }

  @Bean
  TileRenderer tileRenderer(WorldMap map) {
    return new TileRenderer(map);
  }

  /** Filled here, before the peer answers anyone: an empty table would say there are no keys. */
  @Bean
  CountryRepository countryRepository(JdbcClient database, Atlas atlas) {
    CountryRepository repository = new CountryRepository(database);
    Census.of(atlas).forEach(repository::insertIfAbsent);
    return repository;
  }
}
