import type {LakeReader} from './lake';
import {heading, printTable} from './report';

/** `\\SERVER\Database\Plant\…`: the plant is the first element below the database. */
const PLANT = String.raw`split_part(element_path, '\', 5)`;

const QUERIES: readonly {readonly title: string; readonly sql: string}[] = [
  {
    title: 'A sensor’s last hours',
    sql: `
      SELECT tag_name, strftime(time_bucket(INTERVAL 3 HOUR, timestamp), '%d %b %H:%M') AS from_time,
             count(*) AS events, round(min(value), 2) AS lowest,
             round(avg(value), 2) AS average, round(max(value), 2) AS highest, any_value(units) AS units
      FROM timeseries
      WHERE tag_name = (SELECT tag_name FROM timeseries WHERE value_kind = 'number'
                        AND tag_name ILIKE '%TI%' GROUP BY tag_name ORDER BY count(*) DESC, tag_name LIMIT 1)
        AND timestamp >= (SELECT max(timestamp) FROM timeseries) - INTERVAL 24 HOUR
      GROUP BY ALL ORDER BY min(timestamp)`,
  },
  {
    title: 'Downtimes per plant',
    sql: `
      SELECT ${PLANT} AS plant, count(*) AS downtimes,
             count(*) FILTER (WHERE is_open) AS still_open,
             round(sum(duration_minutes), 1) AS minutes
      FROM event_frames JOIN af_elements ON primary_element_id = element_id
      WHERE event_frames.template_name ILIKE '%downtime%'
      GROUP BY ALL ORDER BY plant`,
  },
  {
    title: 'Elements of a plant, by level',
    sql: `
      SELECT ${PLANT} AS plant, depth, count(*) AS elements,
             string_agg(DISTINCT template_name, ', ' ORDER BY template_name) AS templates
      FROM af_elements
      WHERE ${PLANT} = (SELECT min(${PLANT}) FROM af_elements)
      GROUP BY ALL ORDER BY depth`,
  },
  {
    title: 'Kinds of values',
    sql: `
      SELECT value_kind, count(*) AS events, count(DISTINCT tag_webid) AS points,
             count(value) AS with_number, count(digital_name) AS with_state
            FROM timeseries GROUP BY value_kind ORDER BY events DESC`,
  },
  {
    title: 'What was read against what PI itself counts, for a part of the points',
    sql: `
      SELECT strftime(synced_at, '%d %b %H:%M') AS synced_at, verdict,
             count(DISTINCT tag_webid) AS points, sum(events_read) AS events_read,
             sum(events_counted) AS events_counted
      FROM load_audit GROUP BY ALL ORDER BY synced_at, verdict`,
  },
  {
    title: 'How the points stand',
    sql: `
      SELECT state, count(*) AS points, sum(events_this_sync) AS events_this_sync,
             strftime(min(complete_until), '%d %b %H:%M') AS complete_until,
             round(median(lag_seconds)) AS median_lag_seconds
      FROM tag_status GROUP BY state ORDER BY points DESC`,
  },
];

/** What the connector tells of its own work; it has no truth to be compared with. */
const OWN_ACCOUNT = ['load_audit', 'tag_status'];

/** Asks the lake what an engineer would ask it first. */
export async function showQueries(lake: LakeReader): Promise<void> {
  for (const table of OWN_ACCOUNT) await lake.refresh(table);
  for (const {title, sql} of QUERIES) {
    heading(title);
    printTable(await lake.rows(sql));
  }
}
