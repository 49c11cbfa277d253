import {principalOf, serviceOf} from './principal';

describe('principalOf', () => {
  it('writes the realm in capitals and leaves the account as it is', () => {
    expect(principalOf('Svc_Airbyte@plant.example')).toEqual({
      parts: ['Svc_Airbyte'],
      realm: 'PLANT.EXAMPLE',
      name: 'Svc_Airbyte@PLANT.EXAMPLE',
    });
  });
});

describe('serviceOf', () => {
  it('is HTTP at the host of the address', () => {
    expect(serviceOf('pi.plant.example', undefined)).toBe('HTTP@pi.plant.example');
    expect(serviceOf('[::1]', undefined)).toBe('HTTP@::1');
  });

  it('is what was named, in either spelling', () => {
    expect(serviceOf('alias', 'HTTP/pi.plant.example')).toBe('HTTP@pi.plant.example');
    expect(serviceOf('alias', 'HTTP@pi.plant.example')).toBe('HTTP@pi.plant.example');
  });
});
