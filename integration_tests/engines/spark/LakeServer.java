package lake;

import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Properties;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;

/**
 * Spark's Thrift server with the settings of a file, for as long as whoever started it
 * holds its standard input open: it can outlive no one, however they end.
 */
public final class LakeServer {
  public static void main(String[] arguments) throws IOException {
    Properties settings = new Properties();
    try (Reader file = new FileReader(arguments[0])) {
      settings.load(file);
    }
    settings.forEach((key, value) -> System.setProperty((String) key, (String) value));
    Thread guard = new Thread(LakeServer::endWithInput, "end with input");
    guard.setDaemon(true);
    guard.start();
    HiveThriftServer2.main(new String[0]);
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever told here.
      }
    } catch (IOException closed) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }
}
