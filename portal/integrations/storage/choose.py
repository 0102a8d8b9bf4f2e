"""Where files are kept: in the data folder, beside the database."""

from portal.config import Config
from portal.integrations.ports import Storage
from portal.integrations.storage.folder import FolderStorage


def storage_for(config: Config) -> Storage:
    """Return the storage that the configuration asks for."""
    return FolderStorage(config.data_dir / "files")
