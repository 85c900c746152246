using System.Collections.Frozen;

namespace HumanLoop.Running;

/// <summary>The application's workflows by name, as one verb sees them.</summary>
internal sealed class Catalog<TRole>
    where TRole : class, IWorkflowRole
{
    private readonly FrozenDictionary<string, TRole> _byName;

    public Catalog(IEnumerable<TRole> workflows)
    {
        All = [.. workflows];
        _byName = All.ToFrozenDictionary(workflow => workflow.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<TRole> All { get; }

    public TRole? Find(string name) => _byName.GetValueOrDefault(name);

    public TRole Get(string name) => Find(name)
        ?? throw new ArgumentException($"There is no workflow '{name}' here; there are: {string.Join(", ", All.Select(workflow => workflow.Name))}.", nameof(name));
}
