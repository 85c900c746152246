using System.Collections.Frozen;

namespace HumanLoop.Hosting;

/// <summary>The application's workflows by name.</summary>
internal sealed class WorkflowCatalog
{
    private readonly FrozenDictionary<string, Workflow> _byName;

    public WorkflowCatalog(IEnumerable<Workflow> workflows)
    {
        All = [.. workflows];
        _byName = All.ToFrozenDictionary(workflow => workflow.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Workflow> All { get; }

    public Workflow? Find(string name) => _byName.GetValueOrDefault(name);

    public Workflow Get(string name) => Find(name)
        ?? throw new ArgumentException($"There is no workflow '{name}' here; there are: {string.Join(", ", All.Select(workflow => workflow.Name))}.", nameof(name));
}
