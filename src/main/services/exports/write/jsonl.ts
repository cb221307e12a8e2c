import type { MakeWriter } from './rows-writer'

/** One JSON object a line, with every field that the PBX gave. */
export const jsonlWriter: MakeWriter = (sink) => ({
  async write(rows) {
    await sink.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  },
  end: async () => undefined,
})
