package lake;

import java.util.Arrays;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.apache.spark.sql.execution.datasources.v2.V2SessionCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The catalog {@code main}: the tables of Spark's session catalog under a name of three
 * parts, which the session catalog alone cannot be asked by.
 */
public final class LakeCatalog extends DeltaCatalog {
  private String catalogName;

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    catalogName = name;
    SparkSession session = (SparkSession) org.apache.spark.sql.SparkSession.active();
    setDelegateCatalog(new V2SessionCatalog(session.sessionState().catalog()));
  }

  @Override
  public String name() {
    return catalogName;
  }

  /** The new name of {@code RENAME TO} comes with its catalog still before it. */
  @Override
  public void renameTable(Identifier from, Identifier to) {
    String[] parts = to.namespace();
    boolean isQualified = parts.length > 1 && parts[0].equals(catalogName);
    String[] schema = isQualified ? Arrays.copyOfRange(parts, 1, parts.length) : parts;
    try {
      super.renameTable(from, Identifier.of(schema, to.name()));
    } catch (Exception failure) {
      // Scala declares no checked exceptions, but Spark expects these to come through.
      throw LakeCatalog.<RuntimeException>unchecked(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
