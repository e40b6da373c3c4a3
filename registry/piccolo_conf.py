"""Where Piccolo finds the database and the apps; PICCOLO_CONF names this module."""

from piccolo.conf.apps import AppRegistry

from matching.storage.database import make_engine
from registry.settings import settings

DB = make_engine(settings().database_url)

APP_REGISTRY = AppRegistry(apps=["registry.piccolo_app", "matching.piccolo_app"])
