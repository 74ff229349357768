import { z } from 'zod';
import { sizeSchema } from '../../units/size.ts';
import { limit } from './common-options.ts';

const natGateway = z
  .strictObject({
    count: z.int().min(1).max(1000).default(1).meta({ description: 'gateways, as one for each zone' }),
    connectivityType: z
      .enum(['public', 'private'])
      .default('public')
      .meta({ description: 'public: to the internet, with an address; private: to other networks' }),
    perRequest: z
      .strictObject({
        in: sizeSchema.default('0B').meta({ description: 'what a request fetches from outside' }),
        out: sizeSchema.default('0B').meta({ description: 'what a request sends outside' }),
      })
      .prefault({})
      .meta({ description: 'data that goes through the gateways for each request served' }),
  })
  .meta({ description: 'NAT gateways and what goes through them' });

/** What functions in a VPC and servers in private subnets reach the outside by. */
export const natGatewaySchema = limit(
  natGateway,
  'NAT gateways of functions in a VPC, or of servers in private subnets',
).default('none');

/** Options of the network of servers and containers. */
export const serverNetworkShape = {
  natGateway: natGatewaySchema,
  crossZoneShare: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .meta({ description: 'bytes that go between zones, as a share of the payload of all requests' }),
};

export type NatGatewayOptions = z.infer<typeof natGatewaySchema>;
export interface ServerNetworkOptions {
  readonly natGateway: NatGatewayOptions;
  readonly crossZoneShare: number;
}
