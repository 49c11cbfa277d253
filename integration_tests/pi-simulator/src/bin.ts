import {main} from './main';

// A reader that has seen enough closes the pipe: that is no error.
process.stdout.on('error', () => process.exit(0));
void main(process.argv.slice(2));
