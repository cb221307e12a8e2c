import type { z } from 'zod'

/** A channel: the schema of its one argument object, and the type of its value. */
export interface ChannelSpec<A extends z.ZodType, V> {
  readonly args: A
  /** Only a type; never set. */
  readonly value?: V
}

/** `channel<Value>()(arguments)`. */
export const channel =
  <V>() =>
  <A extends z.ZodType>(args: A): ChannelSpec<A, V> => ({ args })
