import type { FieldSpec } from './field'

const numbers = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0)

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; parts that `b` does not name do not count: 22.6.4 is 22.6. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)]
  for (const [index, part] of y.entries()) {
    const difference = (x[index] ?? 0) - part
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether a PBX of this version has what is marked so; an unknown version has everything. */
export function isVersionIn(
  version: string | undefined,
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
): boolean {
  if (version === undefined) return true
  if (since !== undefined && compareVersions(version, since) < 0) return false
  return until === undefined || compareVersions(version, until) <= 0
}

/** The field as a PBX of this version has it; for an unknown version as the oldest says. */
export function asOfVersion(field: FieldSpec, version: string | undefined): FieldSpec {
  const { revised, ...own } = field
  if (revised === undefined || version === undefined) return field
  const { since, ...limits } = revised
  return compareVersions(version, since) < 0 ? field : ({ ...own, ...limits } as FieldSpec)
}
