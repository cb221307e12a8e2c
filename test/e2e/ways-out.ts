/** Where an attempt may try to send to: a listener on loopback, and a name under which the attempt would be seen in a query for it. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** Runs in the page and resolves once its attempt has come to an end; it may fail in any way, as long as nothing leaves. */
type WayOut = (target: Target) => unknown

/** Every kind of hint and resource that a `link` element can ask for. */
const links: WayOut = ({ host, port }) => {
  const kinds = 'dns-prefetch preconnect prefetch prerender preload modulepreload manifest icon stylesheet next search'
  for (const rel of kinds.split(' '))
    for (const name of [host, `${rel}.leak.test`]) {
      const href = `http://${name}:${port}/${rel}`
      document.head.append(Object.assign(document.createElement('link'), { rel, as: 'image', href }))
    }
}

/** WebRTC with every kind of server and candidate, out of the window itself or out of a frame that still has its constructors. */
const webRtc: WayOut = async ({ host, port }) => {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const Peer = (frame.contentWindow as unknown as typeof globalThis).RTCPeerConnection
  const names = [host, 'rtc.leak.test', 'rtc-leak.local']
  const urls = names.flatMap((name) => [
    `turn:${name}:${port}?transport=udp`,
    `turn:${name}:${port}?transport=tcp`,
    `turns:${name}:${port}?transport=tcp`,
  ])
  const stun = names.map((name) => `stun:${name}:${port}`)
  const caller = new Peer({ iceServers: [{ urls: stun }, { urls, username: 'a', credential: 'b' }] })
  const callee = new Peer()
  caller.createDataChannel('x')
  const gathered = new Promise<void>((done) =>
    caller.addEventListener('icegatheringstatechange', () => caller.iceGatheringState === 'complete' && done()),
  )
  const offer = await caller.createOffer()
  await caller.setLocalDescription(offer)
  await callee.setRemoteDescription(offer)
  await caller.setRemoteDescription(await callee.createAnswer())
  for (const name of names)
    for (const rest of ['udp 2113937151', 'tcp 2113937150']) {
      const [protocol, priority] = rest.split(' ')
      const kind = protocol === 'tcp' ? 'typ host tcptype passive' : 'typ host'
      const candidate = `candidate:1 1 ${protocol} ${priority} ${name} ${port} ${kind}`
      await caller.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 }).catch(() => undefined)
    }
  await gathered
}

/** Everything with which a script of the page could try to send something out. */
export const waysOut: readonly [title: string, attempt: WayOut][] = [
  ['WebRTC in a frame', webRtc],
  ['links', links],
  ['fetch', ({ host, port }) => fetch(`http://${host}:${port}/`)],
  [
    'fetch that outlives the page',
    ({ host, port }) => fetch(`http://${host}:${port}/`, { keepalive: true, method: 'POST' }),
  ],
  ['beacon', ({ host, port }) => navigator.sendBeacon(`http://${host}:${port}/`, 'x')],
  [
    'XMLHttpRequest',
    ({ host, port }) =>
      new Promise((done) => {
        const request = new XMLHttpRequest()
        request.onloadend = done
        request.open('GET', `http://${host}:${port}/`)
        request.send()
      }),
  ],
  ['web socket', ({ host, port }) => new Promise((done) => (new WebSocket(`ws://${host}:${port}`).onerror = done))],
  [
    'event source',
    ({ host, port }) => new Promise((done) => (new EventSource(`http://${host}:${port}`).onerror = done)),
  ],
  ['WebTransport', ({ host, port }) => new WebTransport(`https://${host}:${port}/`).ready],
  ['image', ({ host, port }) => Object.assign(new Image(), { src: `http://${host}:${port}/` }).decode()],
  [
    'video',
    ({ host, port }) =>
      new Promise((done) => {
        const video = document.createElement('video')
        video.onerror = done
        video.src = `http://${host}:${port}/`
      }),
  ],
  ['font', ({ host, port }) => new FontFace('leak', `url(http://${host}:${port}/)`).load()],
  [
    'styles',
    ({ host, port }) => {
      const url = `url(http://${host}:${port}/css)`
      const textContent = `@import ${url}; body { background: ${url}; cursor: ${url}, auto; list-style: ${url} }`
      document.head.append(Object.assign(document.createElement('style'), { textContent }))
      document.body.getBoundingClientRect()
    },
  ],
  ['worklet', ({ host, port }) => new AudioContext().audioWorklet.addModule(`http://${host}:${port}/`)],
  ['service worker', ({ host, port }) => navigator.serviceWorker.register(`http://${host}:${port}/worker.js`)],
  [
    'ping of a link',
    ({ host, port }) => {
      const link = Object.assign(document.createElement('a'), { href: '#', ping: `http://${host}:${port}/ping` })
      document.body.append(link)
      link.click()
      link.remove()
    },
  ],
  [
    'speculation rules',
    ({ host, port }) => {
      const textContent = JSON.stringify({ prefetch: [{ urls: [`http://${host}:${port}/`] }] })
      document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent }))
    },
  ],
  [
    'speech recognition',
    () =>
      new Promise((done) => {
        const Recognition = (globalThis as unknown as { webkitSpeechRecognition: new () => SpeechRecognitionLike })
          .webkitSpeechRecognition
        const recognition = new Recognition()
        recognition.onend = done
        recognition.start()
      }),
  ],
  [
    'federated sign-in',
    ({ host, port }) =>
      navigator.credentials.get({
        identity: { providers: [{ configURL: `https://${host}:${port}/c`, clientId: '1' }] },
      } as CredentialRequestOptions),
  ],
  [
    'push',
    async () => (await navigator.serviceWorker.getRegistration())?.pushManager.subscribe({ userVisibleOnly: true }),
  ],
]

interface SpeechRecognitionLike {
  onend: (event: unknown) => void
  start(): void
}
