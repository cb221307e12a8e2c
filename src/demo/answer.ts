/** The response of an operation: `body` as JSON, `file` as an attachment in chunks, or neither. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly file?: { readonly name: string; readonly pieces: () => Iterable<string> }
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const done: Answer = { status: 200 }
export const noContent: Answer = { status: 204 }
