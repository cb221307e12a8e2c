/**
 * Points at which the program ends. At `while waiting for the response` it is killed from outside, while the server
 * delays the reply.
 */
export const killPoints = [
  'before the intent',
  'after the intent, before its fsync',
  'after the fsync, before sending',
  'while waiting for the response',
  'after the response, before reading back',
  'after reading back, before the result',
  'after the result, before its fsync',
  'after the fsync of the result',
] as const
export type KillPoint = (typeof killPoints)[number]
