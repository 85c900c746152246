namespace HumanLoop;

/// <summary>The stable name of a verdict, in stored records and on metrics.</summary>
internal static class VerdictKindNames
{
    public static string Name(this VerdictKind kind) => kind switch
    {
        VerdictKind.Approved => "approved",
        VerdictKind.Corrected => "corrected",
        _ => "rejected",
    };
}
