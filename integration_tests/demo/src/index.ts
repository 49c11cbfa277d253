export {configuredCatalog, discover, type DiscoveredStream} from './catalog';
export {executable, type Program} from './executables';
export {LakeReader} from './lake';
export {LineScanner} from './line-scanner';
export {printTable} from './report';
export {compare, type Comparison, STREAMS, type StreamName} from './truth';
