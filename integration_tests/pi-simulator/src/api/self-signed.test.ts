import {X509Certificate} from 'node:crypto';
import {request} from 'node:https';

import {startSimulator} from '../simulator';
import {selfSigned} from './self-signed';

describe('TLS', () => {
  it('row 4: serves HTTPS with a certificate that only its own authority knows', async () => {
    const simulator = await startSimulator({
      tls: true,
      now: '2026-03-02T06:00:00Z',
      points: 1,
    });
    const credentials = `${simulator.username}:${simulator.password}`;

    const trusting = await statusOf(`${simulator.url}/system`, {
      auth: credentials,
      ca: simulator.certificate,
    });
    const strict = statusOf(`${simulator.url}/system`, {auth: credentials});

    await expect(strict).rejects.toThrow(/self-signed certificate/);
    expect(trusting).toBe(200);
    expect(simulator.url).toMatch(/^https:/);
    await simulator.close();
  });

  it('row 4: is for localhost and the loopback address, and signed by itself', () => {
    const certificate = new X509Certificate(selfSigned(Date.UTC(2026, 0, 1)).cert);

    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
  });
});

function statusOf(
  url: string,
  options: {auth: string; ca?: string | undefined},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      auth: options.auth,
      ...(options.ca && {ca: options.ca}),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.end();
  });
}
