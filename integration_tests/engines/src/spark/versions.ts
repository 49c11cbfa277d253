/** What is installed. Delta's version stands in `spark/pom.xml`. */
export const PYSPARK = {
  requirement: 'pyspark==4.2.1',
  archive: 'pyspark-4.2.1.tar.gz',
  sha256: 'd79b7c8ee41e66a9202fe6f600ca90b931ca571ae9dbdf31c58d2672e5102da0',
};

/** Of the archive only these are needed, and none that big tasks alone need. */
export const SPARK_JARS = 'pyspark-4.2.1/deps/jars/*.jar';
export const NEEDLESS_JARS = [
  '*spark-mllib*',
  '*spark-graphx*',
  '*spark-connect*',
  '*kubernetes*',
  '*rocksdbjni*',
  '*breeze*',
  '*spire*',
];
