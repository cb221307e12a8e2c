import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import ts from 'typescript'
import { parse, type SFCTemplateBlock } from 'vue/compiler-sfc'

export interface ShownText {
  /** File and line, such as `src/main/window.ts:12`. */
  readonly where: string
  readonly text: string
}

type TemplateNode = NonNullable<SFCTemplateBlock['ast']>['children'][number]

/** Ids, class names, paths and units are no sentences: a text has a capital letter at its beginning, or a blank in it. */
const isShown = (text: string): boolean => /^\p{Lu}\p{Ll}/u.test(text) || /\p{L} \p{L}/u.test(text)

/** The texts in a piece of TypeScript; an expression in a text stands as `…`. */
function textsOfScript(code: string, where: (offset: number) => string): ShownText[] {
  const found: ShownText[] = []
  const source = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return
    const text = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
        : ''
    if (isShown(text)) found.push({ where: where(node.getStart(source)), text })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textsOfTemplate(node: TemplateNode, file: string): ShownText[] {
  const at = `${file}:${node.loc.start.line}`
  const ofCode = (code: string): ShownText[] => textsOfScript(`(${code})`, () => at)
  // 1 element, 2 text, 5 interpolation.
  if (node.type === 2) return node.content.trim() === '' ? [] : [{ where: at, text: node.content.trim() }]
  if (node.type === 5) return ofCode(node.loc.source.slice(2, -2))
  if (node.type !== 1) return []
  const props = node.props.flatMap((prop): ShownText[] => {
    if (prop.type === 6) {
      const text = prop.value?.content ?? ''
      return prop.name !== 'class' && isShown(text) ? [{ where: at, text }] : []
    }
    return prop.exp && prop.name !== 'for' && prop.name !== 'slot' ? ofCode(prop.exp.loc.source) : []
  })
  return [...props, ...node.children.flatMap((child) => textsOfTemplate(child, file))]
}

/** Everything in a source file that a person may come to read. */
export function shownTexts(path: string): ShownText[] {
  const code = readFileSync(path, 'utf8')
  const file = relative(process.cwd(), path)
  const lineIn = (whole: string, offset: number): number => whole.slice(0, offset).split('\n').length
  if (!path.endsWith('.vue')) return textsOfScript(code, (offset) => `${file}:${lineIn(code, offset)}`)
  const { descriptor } = parse(code, { filename: path })
  const scripts = [descriptor.script, descriptor.scriptSetup].flatMap((script) => {
    if (!script) return []
    const { content, loc } = script
    return textsOfScript(content, (offset) => `${file}:${loc.start.line + lineIn(content, offset) - 1}`)
  })
  return [...scripts, ...(descriptor.template?.ast?.children ?? []).flatMap((child) => textsOfTemplate(child, file))]
}
