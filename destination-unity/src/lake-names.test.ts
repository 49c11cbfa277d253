import {configSchema} from './config';
import {lakeNames} from './lake-names';

const NAMES = {catalog: 'Plant-Prod', schema: 'Line 1'};

describe('lakeNames', () => {
  it('makes names plain that become folders', () => {
    const config = configSchema.parse({
      engine: {type: 'local', path: 'lake'},
      ...NAMES,
    });

    expect(lakeNames(config)).toEqual({catalog: 'plant_prod', schema: 'line_1'});
  });

  it('leaves the names of a workspace as they are written, in lower case', () => {
    const engine = {
      type: 'databricks',
      host: 'dbc.example.com',
      http_path: '/sql/1.0/warehouses/x',
      authentication: {
        auth_type: 'personal_access_token',
        personal_access_token: 'none',
      },
    };

    expect(lakeNames(configSchema.parse({engine, ...NAMES}))).toEqual({
      catalog: 'plant-prod',
      schema: 'line 1',
    });
  });
});
