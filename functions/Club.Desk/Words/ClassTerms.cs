namespace Club.Desk.Words;

/// <summary>What the classes by spend and visits are called.</summary>
public static class ClassTerms
{
    /// <summary>D, G or S; A, B or C.</summary>
    public static Said ClassOf(string code) => code switch
    {
        "D" => new("diamond", "钻石"),
        "G" => new("gold", "黄金"),
        "S" => new("silver", "白银"),
        "A" => new("loyal", "忠诚"),
        "B" => new("wavering", "摇摆"),
        "C" => new("lost", "流失"),
        _ => new(code, code),
    };

    public static Said CellOf(string cell) =>
        new($"{cell} · {ClassOf(cell[..1]).En} {ClassOf(cell[1..]).En}", $"{cell} · {ClassOf(cell[..1]).Zh}{ClassOf(cell[1..]).Zh}");
}
