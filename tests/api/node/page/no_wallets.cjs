// Has whatever is imported from it, and nothing in it: Dynamic's client names its wallets, and nobody here asks for one.
module.exports = {};
