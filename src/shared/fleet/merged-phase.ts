/**
 * Why a server has no current rows, or that it has them, worst first. `incomplete`: the PBX counts more rows than it
 * returned. `no-permission`: the role of the account cannot read the resource. `partly`: of several resources, it can read
 * some only, and those are read.
 */
export const mergedPhases = [
  'failed',
  'incomplete',
  'signed-out',
  'no-permission',
  'partly',
  'paused',
  'waiting',
  'reading',
  'read',
] as const
export type MergedPhase = (typeof mergedPhases)[number]

/** A negative number if the first phase is worse. */
export const comparePhases = (a: MergedPhase, b: MergedPhase): number =>
  mergedPhases.indexOf(a) - mergedPhases.indexOf(b)

/** Whether the rows are being read or will be. */
export const isPending = (phase: MergedPhase): boolean => phase === 'waiting' || phase === 'reading'
