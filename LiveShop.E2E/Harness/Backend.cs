namespace LiveShop.E2E.Harness;

/// <summary>What a scenario's shop keeps its data in.</summary>
public enum Backend
{
    /// <summary>The private PostgreSQL that the shop starts for itself.</summary>
    Embedded,

    /// <summary>A database of the scenario's own on a PostgreSQL that is there already, given by a connection string.</summary>
    Postgres,
}
