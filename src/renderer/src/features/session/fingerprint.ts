/** Two bytes of a fingerprint, and whether they differ from the other fingerprint. */
export interface FingerprintGroup {
  readonly text: string
  readonly differs: boolean
}

/** A fingerprint in groups of two bytes, for reading aloud and comparing: `AB12 CD34 …`. */
export function fingerprintGroups(fingerprint: string, comparedWith?: string): readonly FingerprintGroup[] {
  const groups = (text: string): readonly string[] => text.replaceAll(':', '').match(/.{1,4}/g) ?? []
  const other = comparedWith === undefined ? undefined : groups(comparedWith)
  return groups(fingerprint).map((text, index) => ({ text, differs: other !== undefined && other[index] !== text }))
}
