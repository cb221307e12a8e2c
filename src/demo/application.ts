import type { IncomingMessage, RequestListener } from 'node:http'
import fastify, { type FastifyRequest } from 'fastify'
import { ApiProblem } from './api-problem'
import { operationsOf } from './operations'
import type { PracticeVersion } from './options'
import type { Recorder } from './recorder'
import { problemAnswer, serve } from './serve'
import type { World } from './world'

interface Server {
  readonly world: World
  readonly recorder: Recorder
  /** The address that all requests come from; undefined for that of the connection. */
  readonly peer?: string
}

/** The server that received a request. */
const servers = new WeakMap<IncomingMessage, Server>()

function serverOf({ raw }: FastifyRequest): Server {
  const server = servers.get(raw)
  if (server === undefined) throw new Error('The request came to no server')
  return server
}

/** Routes every operation of this API generation below /api; everything else gets a 404 in API format. */
async function makeRoutes(version: PracticeVersion): Promise<RequestListener> {
  const app = fastify({ logger: false, bodyLimit: 1_048_576, exposeHeadRoutes: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, finished) => finished(null, body))
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, finished) =>
    finished(null, body),
  )
  for (const operation of operationsOf(version)) {
    app.route({
      method: operation.method,
      url: `/api${operation.path}`,
      handler: (request, reply) => serve(serverOf(request), operation, request, reply),
    })
  }
  app.setNotFoundHandler((request, reply) => serve(serverOf(request), undefined, request, reply))
  app.setErrorHandler((error: { readonly statusCode?: number; readonly message: string }, _request, reply) => {
    const { status, body } = problemAnswer(new ApiProblem(error.statusCode ?? 500, 'UNKNOWN', error.message))
    return reply.status(status).send(body)
  })
  await app.ready()
  return app.routing
}

/** The routes of each generation, shared by all servers of this process. */
const routes = new Map<PracticeVersion, Promise<RequestListener>>()

function routesOf(version: PracticeVersion): Promise<RequestListener> {
  const made = routes.get(version) ?? makeRoutes(version)
  routes.set(version, made)
  return made
}

interface Application {
  readonly answer: RequestListener
  /** For a second route to the server, whose requests come from this address. */
  answerFrom(peer: string): RequestListener
  /** Later requests meet another version. */
  upgrade(version: PracticeVersion): Promise<void>
}

/** Handles the requests to one server. */
export async function makeApplication(world: World, recorder: Recorder): Promise<Application> {
  let route = await routesOf(world.options.version)
  const answerTo =
    (server: Server): RequestListener =>
    (request, response) => {
      servers.set(request, server)
      route(request, response)
    }
  return {
    answer: answerTo({ world, recorder }),
    answerFrom: (peer) => answerTo({ world, recorder, peer }),
    upgrade: async (version) => {
      route = await routesOf(version)
      world.options = { ...world.options, version }
    },
  }
}
