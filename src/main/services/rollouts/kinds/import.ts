import { rolloutStepsMax, targetsMax } from '@shared/domain/rollout'
import { countText } from '@shared/format/count-text'
import { rowsText } from '@shared/format/rows-text'
import { listOf } from '@shared/resources/registry'
import { manyOf } from '@shared/resources/resource'
import { requireRole } from './elsewhere'
import { rejected, type Kind } from './kind'

const withoutServer = (rows: readonly number[]): readonly string[] =>
  rows.length === 0 ? [] : [`Not sent, because their server is not known: ${rowsText(rows)}`]

/** The rows of a file, each for the server that it names or all for each selected server. */
export const importKind: Kind<'import'> = {
  title: ({ resource, file, rows }) => {
    const list = listOf(resource)
    return `Import ${countText(rows, list.singular, manyOf(list))} from ${file}`
  },
  check: async (deps, { kind, importId }) => {
    const opened = deps.imports.find(importId)
    const { resource } = opened
    const file = opened.source.name
    const list = listOf(resource)
    const { rows, serverIds, steps } = opened.targets()
    if (rows === 0) throw rejected('No row of the file can be imported')
    if (serverIds.length > targetsMax || steps > rolloutStepsMax) {
      const message = `${countText(steps, 'row')} on ${countText(serverIds.length, 'server')} are too many`
      throw rejected(
        message,
        `The maximum is ${countText(targetsMax, 'server')} and ${countText(rolloutStepsMax, 'row')}.`,
      )
    }
    return {
      source: { kind, resource, file, rows },
      serverIds,
      warnings: withoutServer(opened.withoutServer()),
      planFor: async (serverId) => {
        requireRole(deps, serverId, list)
        const target = deps.targetOf(serverId, resource)
        const planned = await opened.stepsFor(serverId, target)
        const count = planned.steps.filter(({ settled }) => settled === undefined).length
        const title = `Import ${countText(count, list.singular, manyOf(list))} into ${deps.servers.record(serverId).name}`
        return { title, serverId, source: { kind: 'import', file }, ...planned }
      },
    }
  },
}
