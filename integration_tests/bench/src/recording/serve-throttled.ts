/** The link as a process of its own: `serve-throttled PORT ROUND_TRIP_MS MEGABITS`. */
import {startThrottledLink} from './throttled-link';

const [port = 0, roundTripMs = 0, megabits = 0] = process.argv.slice(2).map(Number);
void startThrottledLink(port, {roundTripMs, megabits}).then(({origin}) => {
  process.stdout.write(`${JSON.stringify({origin})}\n`);
});
