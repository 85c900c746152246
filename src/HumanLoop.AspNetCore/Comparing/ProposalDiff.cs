using System.Text.Json;
using HumanLoop.AspNetCore.Forms;

namespace HumanLoop.AspNetCore.Comparing;

/// <summary>What a correction changes in a proposal: the values that differ, each word by word.</summary>
internal static class ProposalDiff
{
    private const int MaxChanges = 100;

    public static IReadOnlyList<FieldChange> Of(JsonElement? before, JsonElement? after)
    {
        var changes = new List<FieldChange>();
        Compare(changes, before, after, "");
        return changes;
    }

    private static void Compare(List<FieldChange> changes, JsonElement? before, JsonElement? after, string label)
    {
        if (changes.Count >= MaxChanges || (before is { } a && after is { } b && JsonElement.DeepEquals(a, b)))
        {
            return;
        }

        if (before is { ValueKind: JsonValueKind.Object } or null && after is { ValueKind: JsonValueKind.Object } or null && (before ?? after) is not null)
        {
            foreach (var name in Names(before).Union(Names(after)))
            {
                Compare(changes, ProposalForm.Property(before, name), ProposalForm.Property(after, name), Join(label, Schema.Label(name)));
            }
        }
        else if (before is { ValueKind: JsonValueKind.Array } old && after is { ValueKind: JsonValueKind.Array } @new)
        {
            for (var i = 0; i < Math.Max(old.GetArrayLength(), @new.GetArrayLength()); i++)
            {
                Compare(changes, i < old.GetArrayLength() ? old[i] : null, i < @new.GetArrayLength() ? @new[i] : null, Join(label, $"{i + 1}"));
            }
        }
        else
        {
            changes.Add(new(label.Length == 0 ? "Proposal" : label, WordDiff.Of(Text(before), Text(after))));
        }
    }

    private static IEnumerable<string> Names(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } group ? group.EnumerateObject().Select(property => property.Name) : [];

    private static string Join(string label, string name) => label.Length == 0 ? name : $"{label} › {name}";

    private static string Text(JsonElement? value) => value is { } known ? FormField.Show(known) : "";
}
