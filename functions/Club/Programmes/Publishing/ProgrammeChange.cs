using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>One difference between two programmes, in plain words.</summary>
/// <param name="Path">Where it is: in the new programme, or in the old one when it was removed.</param>
/// <param name="En">In English, e.g. <c>Rule parts: rate 1 % → 2 %</c>.</param>
/// <param name="Zh">In Chinese, e.g. <c>规则 parts：每元积分由1%改为2%</c>.</param>
public sealed record ProgrammeChange(string Path, ProgrammeChangeKind Kind, string En, string Zh);

[JsonConverter(typeof(CamelCaseEnum<ProgrammeChangeKind>))]
public enum ProgrammeChangeKind { Added, Removed, Changed, Moved }
