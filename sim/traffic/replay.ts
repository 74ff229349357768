import { planAzure2019 } from './replay-azure-2019.ts';
import { refuseMisplaced, replaySchema, withReplayDefaults } from './replay-options.ts';
import { planRates } from './replay-rates.ts';
import { planTimestamps } from './replay-timestamps.ts';
import { trafficModel } from './traffic-model.ts';

const model = trafficModel('replay', replaySchema, (options, context) => {
  refuseMisplaced(options, context);
  switch (options.format) {
    case 'azure-functions-2019':
      return planAzure2019(options, context);
    case 'rates':
      return planRates(options, context);
    case 'timestamps':
      return planTimestamps(options, context);
  }
});

/** Requests as they were recorded: their times, their rates, or their counts by function and minute. */
export const replay: typeof model = {
  ...model,
  withDefaults: (options, stream) => withReplayDefaults(model.withDefaults(options, stream)),
};
