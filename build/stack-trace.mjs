import { readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { join, posix } from 'node:path'
import { text } from 'node:stream/consumers'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'

const usage = `Usage: node build/stack-trace.mjs [FOLDER] < stack-trace.txt
Prints a release's stack trace with the places in the sources. FOLDER has the source maps of that release (dist/source-maps).`

/**
 * A position in a file of main, preload or the page, as V8 prints it: …/out/main/index.js:1:234 or
 * app://fleet/assets/index.js:1:234.
 */
const place = /(?:[^\s()]*\/out\/((?:main|preload)\/[^\s():]+)|app:\/\/fleet\/([^\s():]+)):(\d+):(\d+)/g

/** @param {string} folder @param {string} file @returns {Promise<SourceMap | undefined>} */
async function mapOf(folder, file) {
  try {
    return new SourceMap(JSON.parse(await readFile(join(folder, `${file}.map`), 'utf8')))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {string} trace @param {string} folder */
async function resolved(trace, folder) {
  let output = ''
  let end = 0
  for (const match of trace.matchAll(place)) {
    const [whole, node, page, line, column] = match
    const file = node ?? `renderer/${page}`
    const entry = (await mapOf(folder, file))?.findEntry(Number(line) - 1, Number(column) - 1)
    const source = entry && 'originalSource' in entry && posix.join(posix.dirname(`out/${file}`), entry.originalSource)
    output += trace.slice(end, match.index)
    output += source ? `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}` : whole
    end = match.index + whole.length
  }
  return output + trace.slice(end)
}

await runMain(async () => {
  if (process.stdin.isTTY) throw new Error(usage)
  process.stdout.write(await resolved(await text(process.stdin), process.argv[2] ?? inRoot('dist', 'source-maps')))
})
