using System.Text;

namespace LiveShop.Load;

/// <summary>An element, a component, a text or a piece of markup of a <see cref="Page"/>.</summary>
internal sealed class PageNode
{
    private List<PageNode>? children;
    private List<PageAttribute>? attributes;

    /// <summary>Of an element; else null.</summary>
    public string? Name { get; init; }

    /// <summary>Of a text or a piece of markup, which stays unparsed; else null.</summary>
    public string? Content { get; set; }

    /// <summary>Of a component; else 0.</summary>
    public int ComponentId { get; init; }

    public PageNode? Parent { get; private set; }

    public IReadOnlyList<PageNode> Children => children ?? (IReadOnlyList<PageNode>)[];

    public string? Class => this["class"];

    public string? Id => this["id"];

    /// <summary>All text and markup in it, in order.</summary>
    public string InnerText
    {
        get
        {
            var text = new StringBuilder();
            foreach (var node in AndDescendants()) text.Append(node.Content);
            return text.ToString();
        }
    }

    /// <summary>The value of an attribute, empty for one that is merely there, null without it.</summary>
    public string? this[string attribute] => attributes?.Find(a => a.Name == attribute)?.Value;

    public bool HasClass(string name) => Class is { } all && (all == name || all.Split(' ').Contains(name));

    /// <summary>The handler of an event such as <c>click</c>; 0 without one.</summary>
    public ulong Handler(string eventName) => attributes?.Find(a => a.Name.Length == eventName.Length + 2 && a.Name.EndsWith(eventName, StringComparison.Ordinal))?.Handler ?? 0;

    public IEnumerable<PageNode> AndDescendants()
    {
        var waiting = new Stack<PageNode>();
        waiting.Push(this);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--) waiting.Push(node.Children[i]);
        }
    }

    /// <summary>The component that renders this node.</summary>
    public int OwnerId
    {
        get
        {
            for (var node = Parent; node is not null; node = node.Parent)
            {
                if (node.ComponentId > 0) return node.ComponentId;
            }
            return 0;
        }
    }

    public void Insert(int index, PageNode child)
    {
        child.Parent = this;
        (children ??= []).Insert(index, child);
    }

    public void RemoveAt(int index) => children!.RemoveAt(index);

    public void Clear() => children = null;

    /// <summary>Moves children all at once: each from its old place to its new one.</summary>
    public void Permute(IReadOnlyList<(int From, int To)> moves)
    {
        var before = moves.Select(move => children![move.From]).ToList();
        for (var i = 0; i < moves.Count; i++) children![moves[i].To] = before[i];
    }

    public void Set(string name, string? value, ulong handler)
    {
        Remove(name);
        if (value is not null || handler > 0) (attributes ??= new(4)).Add(new PageAttribute(name, value, handler));
    }

    public void Remove(string? name) => attributes?.RemoveAll(a => a.Name == name);

    private sealed record PageAttribute(string Name, string? Value, ulong Handler);
}
