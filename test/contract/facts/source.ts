import { existsSync, readFileSync } from 'node:fs'
import { practiceVersions } from '@shared/domain/practice'
import { operationsOf } from '@demo/operations'
import { deriveFacts } from './derive'
import type { Facts } from './facts'

const vendor = (name: string) => new URL(`../../../../shared/reference/${name}`, import.meta.url)
const openApi = vendor('portsip-openapi-22.json')
const page = vendor('portsip-rest-22.2-administrations.txt')

/** Whether the vendor's files lie beside the project. They are not ours to hand on, so the facts of them are committed in their place. */
export const hasVendorFiles = existsSync(openApi) && existsSync(page)

/** The OpenAPI file as it is. */
export const readOpenApi = (): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(openApi, 'utf8')) as Readonly<Record<string, unknown>>

/** Every operation of the practice PBX, as the reference writes it. */
const practiced = new Set(
  practiceVersions.flatMap(operationsOf).map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
)

export const factsOfVendor = (): Facts =>
  deriveFacts(readOpenApi(), readFileSync(page, 'utf8'), (name) => practiced.has(name))
