import { app, BrowserWindow } from 'electron'

// The floor: what any Electron program costs before it has done anything.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true },
  })
  void window.loadURL('data:text/html,<html data-app-state="ready"><title>empty</title></html>')
})
