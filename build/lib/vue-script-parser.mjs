import { readFileSync } from 'node:fs'
import typescript from 'typescript'
import { parser } from 'typescript-eslint'
import { parseForESLint as parseComponent } from 'vue-eslint-parser'
import { inRoot } from './paths.mjs'

/** @type {{ parseForESLint(code: string, options: object): any }} */
const scripts = parser

/** The script of each component as vue-eslint-parser rearranges it. @type {Map<string, string>} */
const texts = new Map()
/** @type {import('typescript').Program | undefined} */
let program

/** @param {string} file */
function textOf(file) {
  const recorder = {
    parseForESLint: (code, options) => {
      if (options.project !== undefined) texts.set(file, code)
      return scripts.parseForESLint(code, { ...options, project: undefined })
    },
  }
  parseComponent(readFileSync(file, 'utf8'), { parser: recorder, project: true, sourceType: 'module', filePath: file })
  return texts.get(file) ?? ''
}

function createProgram() {
  const config = inRoot('tsconfig.web.json')
  const { options, fileNames } = typescript.parseJsonConfigFileContent(
    typescript.readConfigFile(config, typescript.sys.readFile).config,
    typescript.sys,
    inRoot(),
    { allowNonTsExtensions: true },
    config,
    undefined,
    [{ extension: '.vue', isMixedContent: true, scriptKind: typescript.ScriptKind.Deferred }],
  )
  const host = typescript.createCompilerHost(options, true)
  const fromDisk = host.getSourceFile
  host.getSourceFile = (name, target, ...rest) =>
    name.endsWith('.vue')
      ? typescript.createSourceFile(name, texts.get(name) ?? textOf(name), target, true, typescript.ScriptKind.TS)
      : fromDisk(name, target, ...rest)
  return typescript.createProgram({ rootNames: fileNames, options, host, ...(program && { oldProgram: program }) })
}

/**
 * Parses the scripts of components for typed rules. The project service of typescript-eslint creates a program for each
 * component, which takes minutes for all of them; here they share one, which is recreated only if a text differs from
 * the file, as in an editor.
 */
export const vueScriptParser = {
  parseForESLint(code, options) {
    // vue-eslint-parser removes `project` for fragments, such as the expressions of a template.
    if (options.project === undefined) return scripts.parseForESLint(code, options)
    program ??= createProgram()
    if (program.getSourceFile(options.filePath)?.text !== code) {
      texts.set(options.filePath, code)
      program = createProgram()
    }
    return scripts.parseForESLint(code, { ...options, project: undefined, programs: [program] })
  },
}
