"""Which database a desk works on: the file in its folder, or a shared one. Nothing is asked of it here."""

from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.neighbours import Neighbours
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store


def open_store(home: Home, *, database: str | None) -> tuple[Store, Neighbours | None]:
    """The desk's store, and its neighbours where several processes may work on it.

    Raises:
        BadHome: the address is none, the driver is absent, or the database cannot be opened.
    """
    subscribers = {each.name: each.events for each in home.shop.settings.connectors}
    kid, *others = home.keys.kids
    if database is None:
        engine = open_engine(home.database)
        store = Store(engine, kid=kid, others=others, scrub=scrub, subscribers=subscribers)
        return store, None
    try:
        from vrm_desktop.vendor.postgres_engine import PostgresNeighbours, open_shared, read_address
    except ImportError as error:
        raise BadHome("--db needs psycopg: pip install 'vrm-desktop[postgres]'") from error
    address = read_address(database)
    neighbours = PostgresNeighbours(address)
    engine = open_shared(address)
    store = Store(engine, kid=kid, others=others, neighbours=neighbours, subscribers=subscribers)
    return store, neighbours
