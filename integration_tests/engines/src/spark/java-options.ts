/** Packages that Spark reaches into and Java 17 keeps closed. */
const OPENED = [
  'java.lang',
  'java.lang.invoke',
  'java.lang.reflect',
  'java.io',
  'java.net',
  'java.nio',
  'java.util',
  'java.util.concurrent',
  'java.util.concurrent.atomic',
  'sun.nio.ch',
  'sun.nio.cs',
  'sun.security.action',
  'sun.util.calendar',
];

/** Java's options: little memory, quick to start, everything written under `folder`. */
export function javaOptions(folder: string, port: number): string[] {
  return [
    '-Xmx2g',
    '-XX:+UseSerialGC',
    '-XX:+IgnoreUnrecognizedVMOptions',
    '--add-modules=jdk.incubator.vector',
    ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-Djdk.reflect.useDirectMethodHandle=false',
    '-Dio.netty.tryReflectionSetAccessible=true',
    `-Djava.io.tmpdir=${folder}/tmp`,
    `-Dderby.system.home=${folder}/derby`,
    `-Dderby.stream.error.file=${folder}/derby.log`,
    `-Dspark.local.dir=${folder}/tmp`,
    `-Dspark.sql.warehouse.dir=${folder}/warehouse`,
    `-Dspark.hadoop.hive.server2.thrift.http.port=${port}`,
  ];
}
