using HumanLoop.Evaluation;
using HumanLoop.PostgreSql.Tests;

namespace SupportDesk.Tests;

/// <summary>A test that needs PostgreSQL and the recorded real decisions, which lie beside the repository and never in it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealStreamFactAttribute : FactAttribute
{
    public RealStreamFactAttribute() => Skip = Need.Reason ?? (DataFolder.Find() is null ? "The folder of recorded decisions (shared/data beside the repository) is not there." : null);
}
