import {LineBytes} from './line-bytes';
import {LineMoulds} from './line-moulds';

describe('the moulds of a stream', () => {
  it('take turns only after lines that have paid for it', () => {
    const moulds = new LineMoulds(new LineBytes(), []);
    const first = moulds.present;

    expect(moulds.turn()).toBe(false);
    expect(moulds.present).toBe(first);
    moulds.fitted(16);

    expect(moulds.turn()).toBe(true);
    expect(moulds.present).not.toBe(first);
    expect(moulds.turn()).toBe(false);
  });

  it('are two: the one before comes back', () => {
    const moulds = new LineMoulds(new LineBytes(), []);
    const first = moulds.present;
    moulds.fitted(1000);

    moulds.turn();
    moulds.turn();

    expect(moulds.present).toBe(first);
  });
});
