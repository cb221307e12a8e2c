import { parseArgs } from 'node:util'
import { z } from 'zod'
import { practiceVersionSchema } from '@shared/domain/practice'
import type { PracticeOptions } from './options'

const whole = (max: number) => z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.int().max(max))

const flagsSchema = z.object({
  servers: whole(100).pipe(z.int().min(1)).default(1),
  port: whole(65_535).default(18_887),
  rules: whole(1_000_000).optional(),
  tenants: whole(100_000).optional(),
  latency: whole(60_000).optional(),
  seed: whole(4_294_967_295).default(1),
  version: practiceVersionSchema.optional(),
  otp: z.boolean().optional(),
})

export const usage = `Starts practice PBX servers on 127.0.0.1 and prints one line of JSON for each.
  --servers N    how many (1)
  --port P       port of the first one, the others follow; 0 takes free ones (18887)
  --rules N      IP rules of each (250)
  --tenants N    tenants of each (40)
  --latency MS   delay of every answer (0)
  --seed S       seed of the first one's data, the others follow (1)
  --version V    API generation: 22.0, 22.1, 22.2, 22.3 or 22.6 (22.2)
  --otp          signing in takes a second step
`

/** Converts command line flags to the options of each server. Throws an Error for invalid flags. */
export function parseFlags(args: readonly string[]): readonly PracticeOptions[] {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      servers: text,
      port: text,
      rules: text,
      tenants: text,
      latency: text,
      seed: text,
      version: text,
      otp: { type: 'boolean' },
    },
  })
  const parsed = flagsSchema.safeParse(values)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const { servers, port, seed, rules, tenants, latency, version, otp } = parsed.data
  return Array.from({ length: servers }, (_, index) => ({
    port: port === 0 ? 0 : port + index,
    seed: seed + index,
    recordLimit: 0,
    ...(rules === undefined ? {} : { rules }),
    ...(tenants === undefined ? {} : { tenants }),
    ...(latency === undefined ? {} : { latencyMs: latency }),
    ...(version === undefined ? {} : { version }),
    ...(otp === undefined ? {} : { otp }),
  }))
}
