// Loaded with -r into whichever app is measured: prints a line when its page says that it is ready and that was painted.
const { app } = require('electron')

const whenReady = `new Promise((resolve) => {
  const root = document.documentElement
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(resolve))
  if (root.dataset.appState === 'ready') return painted()
  new MutationObserver((_, observer) => {
    if (root.dataset.appState !== 'ready') return
    observer.disconnect()
    painted()
  }).observe(root, { attributes: true })
})`

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void contents.executeJavaScript(whenReady).then(() => process.stdout.write('APP-IS-READY\n'))
  })
})
