// Starts the Bot API server of telegram-test-api on the port that is given, until it is ended.
const Server = require('telegram-test-api');
const port = Number(process.argv[2]);
new Server({ port, host: '127.0.0.1', storeTimeout: 3600 }).start().then(() => console.log(`http://127.0.0.1:${port}`));
