namespace HumanLoop.AspNetCore.Admitting;

/// <summary>What a call needs to be allowed to do.</summary>
internal enum Permission
{
    View,
    Review,
    Govern,
    Administer,
    Ingest,
}
