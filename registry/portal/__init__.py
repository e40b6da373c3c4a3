"""The pages: server-rendered, in Chinese, complete without JavaScript."""
