import {serverAddress} from './open-registration';

describe('serverAddress', () => {
  it.each([
    'https://uc.example:8080',
    'https://uc.example:8080/',
    'https://uc.example:8080/api',
    'https://uc.example:8080/api/2.1/unity-catalog',
    'https://uc.example:8080/api/2.1/unity-catalog/',
  ])('is the same for %s', (url) => {
    expect(serverAddress(url)).toBe('https://uc.example:8080');
  });

  it('keeps the path of a server behind a gateway', () => {
    expect(serverAddress('https://gate.example/plant/uc/api/2.1/unity-catalog')).toBe(
      'https://gate.example/plant/uc',
    );
    expect(serverAddress('http://api.example')).toBe('http://api.example');
  });
});
