import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import ts from 'typescript'
import type { ShownText } from './shown-texts'

const titled = new Set(['it', 'test', 'describe'])

/** `it`, `test.each(…)` and `describe.skipIf(…)` are calls of the first name. */
function firstName(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text
  return ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)
    ? firstName(ts.isTaggedTemplateExpression(callee) ? callee.tag : callee.expression)
    : ''
}

function titlesOf(source: ts.SourceFile, where: (offset: number) => string): ShownText[] {
  const titles: ShownText[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && titled.has(firstName(node.expression))) {
      const [title] = node.arguments
      if (title && ts.isStringLiteralLike(title))
        titles.push({ where: where(title.getStart(source)), text: title.text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/** A comment of one or several lines, with `//` only after a blank or at the start, so that no URL is one. */
const comment = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$|<!--[\s\S]*?-->/gm

/** The comments of a file, and the titles of its tests. */
export function commentsAndTitles(path: string): ShownText[] {
  const code = readFileSync(path, 'utf8')
  const where = (offset: number): string =>
    `${relative(process.cwd(), path)}:${code.slice(0, offset).split('\n').length}`
  const comments = [...code.matchAll(comment)].map(({ 0: text, index }) => ({ where: where(index), text }))
  if (path.endsWith('.vue')) return comments
  return [...comments, ...titlesOf(ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest), where)]
}
