package io.groupcache.consistenthash;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * CRC-32 with the IEEE polynomial. Of ASCII text without a copy of it: {@link CRC32} takes bytes.
 */
final class Crc32 implements HashFunction {

  private static final int POLYNOMIAL = 0xEDB88320; // bits reversed
  private static final int STRIDE = 8;

  /** What a byte does to the checksum when so many more follow it, for eight at a time. */
  private static final int[][] TABLES = tables();

  @Override
  public int hash(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  @Override
  public int hash(String text) {
    int crc = ~0;
    int length = text.length();
    int all = 0;
    int i = 0;
    for (; i + STRIDE <= length; i += STRIDE) {
      char c0 = text.charAt(i);
      char c1 = text.charAt(i + 1);
      char c2 = text.charAt(i + 2);
      char c3 = text.charAt(i + 3);
      char c4 = text.charAt(i + 4);
      char c5 = text.charAt(i + 5);
      char c6 = text.charAt(i + 6);
      char c7 = text.charAt(i + 7);
      all |= c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7;
      crc =
          TABLES[7][(crc ^ c0) & 0xFF]
              ^ TABLES[6][((crc >>> 8) ^ c1) & 0xFF]
              ^ TABLES[5][((crc >>> 16) ^ c2) & 0xFF]
              ^ TABLES[4][((crc >>> 24) ^ c3) & 0xFF]
              ^ TABLES[3][c4 & 0xFF]
              ^ TABLES[2][c5 & 0xFF]
              ^ TABLES[1][c6 & 0xFF]
              ^ TABLES[0][c7 & 0xFF];
    }
    for (; i < length; i++) {
      char c = text.charAt(i);
      all |= c;
      crc = (crc >>> 8) ^ TABLES[0][(crc ^ c) & 0xFF];
    }
    return all < 0x80 ? ~crc : hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private static int[][] tables() {
    int[][] tables = new int[STRIDE][256];
    for (int b = 0; b < 256; b++) {
      int crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      tables[0][b] = crc;
    }
    for (int following = 1; following < STRIDE; following++) {
      for (int b = 0; b < 256; b++) {
        int crc = tables[following - 1][b];
        tables[following][b] = (crc >>> 8) ^ tables[0][crc & 0xFF];
      }
    }
    return tables;
  }
}
