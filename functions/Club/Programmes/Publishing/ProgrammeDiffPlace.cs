using System.Text.Json;

namespace Club.Programmes;

/// <summary>
/// A place in a programme, as a sentence speaks of it: the subject is the item with a code of its own (a rule, a wallet, a tier), the label
/// leads from there to the member.
/// </summary>
/// <param name="Label">What the place itself is called.</param>
/// <param name="Prefix">What the labels of its members begin with.</param>
internal sealed record DiffPlace(string Path, (string En, string Zh) Subject, (string En, string Zh) Label, (string En, string Zh) Prefix,
    string Name)
{
    public static DiffPlace Root { get; } = new("$", ("Programme", "方案"), ("", ""), ("", ""), "");

    public bool IsRoot => Path == "$";

    public DiffPlace Member(string name)
    {
        if (IsRoot && ProgrammeWords.ChapterOf(name) is { } chapter)
            return this with { Path = $"{Path}.{name}", Name = name, Subject = chapter };
        var label = Join(Prefix, ProgrammeWords.Of(name));
        return this with { Path = $"{Path}.{name}", Name = name, Label = label, Prefix = ProgrammeWords.IsWrapper(name) ? Prefix : label };
    }

    /// <summary>An item with a code of its own. In the programme's own lists it becomes the subject.</summary>
    public DiffPlace Item(string name, int index)
    {
        var path = $"{Path}[{index}]";
        return Subject == Root.Subject && ProgrammeWords.SubjectOf(Name) is { } noun
            ? new DiffPlace(path, ($"{noun.En} {name}", $"{noun.Zh} {name}"), ("", ""), ("", ""), "")
            : Inside(path, (name, name));
    }

    /// <summary>An item without a code.</summary>
    public DiffPlace Position(int index) => Inside($"{Path}[{index}]", ($"no. {index + 1}", $"第{index + 1}项"));

    public ProgrammeChange Added(JsonElement value) => Change(
        ProgrammeChangeKind.Added,
        Label.En.Length == 0 ? $"{Subject.En} added: {Value(value).En}" : $"{Subject.En}: {Label.En} {Value(value).En} added",
        Label.Zh.Length == 0 ? $"新增{Subject.Zh}：{Value(value).Zh}" : $"{Subject.Zh}：新增{Label.Zh}{Value(value).Zh}");

    public ProgrammeChange Removed(JsonElement value) => Change(
        ProgrammeChangeKind.Removed,
        Label.En.Length == 0 ? $"{Subject.En} removed" : $"{Subject.En}: {Label.En} {Value(value).En} removed",
        Label.Zh.Length == 0 ? $"取消{Subject.Zh}" : $"{Subject.Zh}：取消{Label.Zh}（原为{Value(value).Zh}）");

    public ProgrammeChange Changed(JsonElement before, JsonElement after)
    {
        var (old, now) = ProgrammeWords.Values(Name, before, after);
        return Change(ProgrammeChangeKind.Changed, $"{About.En} {old.En} → {now.En}", $"{About.Zh}由{old.Zh}改为{now.Zh}");
    }

    public ProgrammeChange Words(List<JsonElement> added, List<JsonElement> removed)
    {
        var (plus, minus) = (ProgrammeWords.List(added), ProgrammeWords.List(removed));
        return Change(
            ProgrammeChangeKind.Changed,
            $"{About.En} {string.Join(", ", Parts(added.Count, removed.Count, $"adds {plus.En}", $"drops {minus.En}"))}",
            $"{About.Zh}{string.Join("，", Parts(added.Count, removed.Count, $"增加{plus.Zh}", $"去掉{minus.Zh}"))}");
    }

    public ProgrammeChange Moved(List<string> before, List<string> after) => Change(
        ProgrammeChangeKind.Moved,
        $"{About.En} order {string.Join(", ", before)} → {string.Join(", ", after)}",
        $"{About.Zh}的顺序由{string.Join("、", before)}改为{string.Join("、", after)}");

    private (string En, string Zh) About =>
        Label.En.Length == 0 ? (Subject.En + ":", Subject.Zh) : ($"{Subject.En}: {Label.En}", $"{Subject.Zh}：{Label.Zh}");

    private (string En, string Zh) Value(JsonElement value) => ProgrammeWords.Value(Name, value);

    private ProgrammeChange Change(ProgrammeChangeKind kind, string en, string zh) => new(Path, kind, en, zh);

    private DiffPlace Inside(string path, (string En, string Zh) word) =>
        this with { Path = path, Name = "", Label = Join(Prefix, word), Prefix = Join(Prefix, word) };

    private static (string En, string Zh) Join((string En, string Zh) label, (string En, string Zh) word) =>
        label.En.Length == 0 ? word : ($"{label.En} {word.En}",
            $"{label.Zh}{(char.IsAscii(label.Zh[^1]) || char.IsAscii(word.Zh[0]) ? " " : "")}{word.Zh}");

    private static IEnumerable<string> Parts(int added, int removed, string plus, string minus)
    {
        if (added > 0) yield return plus;
        if (removed > 0) yield return minus;
    }
}
