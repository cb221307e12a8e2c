import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parse } from 'vue/compiler-sfc'
import { inRoot } from './paths.mjs'

const sources = inRoot('src', 'renderer', 'src')
const folder = inRoot('test-results', 'component-scripts')

/** What other modules import from a component, whose own type no rule asks for. */
const component = "\nexport default {} as import('vue').Component\n"

/** The scripts of a component, each at its lines and columns. @param {string} text of the file */
function scriptsOf(text) {
  const { descriptor } = parse(text, { sourceMap: false })
  const scripts = [descriptor.script, descriptor.scriptSetup].flatMap((block) => block ?? [])
  scripts.sort((a, b) => a.loc.start.offset - b.loc.start.offset)
  let code = ''
  let at = 0
  for (const { loc, content } of scripts) {
    code += text.slice(at, loc.start.offset).replaceAll(/[^\n]/g, '') + content
    at = loc.end.offset
  }
  return code + component
}

/**
 * Copies the script of each component to a file of TypeScript, for tools that do not read components. Modules resolve as
 * they do from the component.
 *
 * @returns {Promise<string[]>} the files
 */
export async function copyComponentScripts() {
  await rm(folder, { recursive: true, force: true })
  const components = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith('.vue'))
  const copies = components.map(async (file) => {
    const copy = join(folder, `${file}.ts`)
    await mkdir(dirname(copy), { recursive: true })
    await writeFile(copy, scriptsOf(await readFile(join(sources, file), 'utf8')))
    return copy
  })
  const root = relative(folder, inRoot()).replaceAll('\\', '/')
  await mkdir(folder, { recursive: true })
  const config = {
    extends: `${root}/tsconfig.web.json`,
    compilerOptions: {
      rootDirs: [`${root}/src/renderer/src`, '.'],
      paths: { '@shared/*': [`${root}/src/shared/*`], '@/*': [`${root}/src/renderer/src/*`, './*'] },
    },
    include: ['.'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return Promise.all(copies)
}
