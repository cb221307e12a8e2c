/** A port of TCP or UDP, with the API's limits. */
export const port = { kind: 'number', of: 'port', min: 0, max: 65_535 } as const
