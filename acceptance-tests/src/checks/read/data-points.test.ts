import {dataPoints} from './data-points';

const nullable = (type: string, more = {}) => ({type: ['null', type], ...more});

describe('dataPoints', () => {
  it('are the fields of a schema, deep ones too', () => {
    const point = {type: 'object', properties: {x: nullable('number')}};
    const schema = {
      type: 'object',
      properties: {
        id: nullable('integer'),
        place: point,
        free: nullable('object'),
        names: nullable('array', {items: {type: 'string'}}),
        points: nullable('array', {items: point}),
      },
    };

    expect(dataPoints(schema).map((path) => path.join('.'))).toEqual([
      'id',
      'place.x',
      'free',
      'names.[]',
      'points.[].x',
    ]);
  });

  it('are not told apart by the branches of a choice', () => {
    const choice = {oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]};

    expect(dataPoints({properties: {choice}})).toEqual([['choice']]);
  });

  it('are none where no field is declared', () => {
    expect(dataPoints({type: 'object'})).toEqual([]);
  });
});
