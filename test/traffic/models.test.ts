import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { trafficModels } from '../../sim/traffic/index.ts';
import { contextOf, plan, problemsOf } from './plans.ts';

describe('trafficModels', () => {
  it('are those of the contract, sorted', () => {
    expect(trafficModels.map((model) => model.executor)).toEqual([
      'bursty-arrival-rate',
      'constant-arrival-rate',
      'constant-vus',
      'diurnal-arrival-rate',
      'ramping-arrival-rate',
      'ramping-vus',
      'replay',
      'schedule',
    ]);
  });

  it.each(trafficModels.map((model) => [model.executor, model] as const))(
    '%s describes every key, and takes no other',
    (_, model) => {
      const schema = z.toJSONSchema(model.schema, { target: 'draft-7', io: 'input' }) as unknown as {
        properties: { executor: { description?: string }; [key: string]: { description?: string } };
        additionalProperties: boolean;
      };
      expect(schema.properties.executor).toMatchObject({ const: model.executor });
      expect(Object.entries(schema.properties).filter(([, each]) => !each.description)).toEqual([]);
      expect(schema.additionalProperties).toBe(false);
    },
  );

  it('fill in their defaults', () => {
    const model = trafficModels.find((each) => each.executor === 'ramping-arrival-rate')!;
    expect(
      model.schema.parse({ executor: 'ramping-arrival-rate', stages: [{ duration: '1m', target: '5/s' }] }),
    ).toEqual({
      executor: 'ramping-arrival-rate',
      startRate: '0/s',
      stages: [{ duration: '1m', target: '5/s' }],
      startTime: '0s',
      arrivals: 'poisson',
    });
  });

  it('ask for a workload where none is named', () => {
    const options = { executor: 'constant-arrival-rate', rate: '1/s', duration: '1m' };
    expect(problemsOf(() => plan(options, contextOf({ workload: undefined })))).toMatchObject([
      { code: 'missing-workload', path: ['traffic', 'uploads'], help: expect.stringContaining('workload') },
    ]);
  });
});
