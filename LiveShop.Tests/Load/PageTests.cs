using LiveShop.Load;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace LiveShop.Tests.Load;

public sealed class PageTests
{
    [Fact]
    public async Task A_page_has_the_elements_attributes_texts_and_handlers_that_were_rendered()
    {
        await using var renderer = new RecordedRenderer();

        await renderer.ShowAsync(page =>
        {
            page.OpenElement(0, "button");
            page.AddAttribute(1, "name", "item_id");
            page.AddAttribute(2, "value", "7");
            page.AddAttribute(3, "disabled", true);
            page.AddAttribute(4, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => { }));
            page.AddContent(5, "8.5");
            page.AddMarkupContent(6, "<i></i>");
            page.CloseElement();
        });

        var button = renderer.Page.Find(node => node.Name == "button")!;
        Assert.Equal(("item_id", "7", ""), (button["name"], button["value"], button["disabled"]));
        Assert.Null(button["id"]);
        Assert.NotEqual(0ul, button.Handler("click"));
        Assert.Equal(0ul, button.Handler("submit"));
        Assert.Equal("8.5<i></i>", button.InnerText);
    }

    [Fact]
    public async Task A_page_follows_attributes_that_change_and_go()
    {
        await using var renderer = new RecordedRenderer();
        foreach (var (level, gone) in new[] { ("high", false), ("out", true), ("low", false) })
        {
            await renderer.ShowAsync(page =>
            {
                page.OpenElement(0, "button");
                page.AddAttribute(1, "class", level);
                page.AddAttribute(2, "disabled", gone);
                page.CloseElement();
            });

            var button = renderer.Page.Find(node => node.Name == "button")!;
            Assert.Equal((level, gone ? "" : null), (button.Class, button["disabled"]));
        }
    }

    [Fact]
    public async Task What_a_batch_touched_is_known_and_what_it_left_is_not()
    {
        await using var renderer = new RecordedRenderer();
        RenderFragment Buttons(string second) => page =>
        {
            foreach (var level in new[] { "high", second })
            {
                page.OpenElement(0, "button");
                page.AddAttribute(1, "class", level);
                page.CloseElement();
            }
        };
        await renderer.ShowAsync(Buttons("medium"));
        var structure = renderer.Page.Structure;

        await renderer.ShowAsync(Buttons("low"));

        Assert.Equal(["low"], renderer.Page.Touched.Select(node => node.Class));
        Assert.Equal(structure, renderer.Page.Structure);
    }

    [Fact]
    public async Task A_node_belongs_to_the_component_that_renders_it()
    {
        await using var renderer = new RecordedRenderer();

        await renderer.ShowAsync(page =>
        {
            page.OpenElement(0, "main");
            page.OpenComponent<Leaf>(1);
            page.AddComponentParameter(2, nameof(Leaf.Text), "seven");
            page.CloseComponent();
            page.CloseElement();
        });

        var (main, leaf) = (renderer.Page.Find(node => node.Name == "main")!, renderer.Page.Find(node => node.Name == "p")!);
        Assert.Equal("seven", leaf.InnerText);
        Assert.NotEqual(main.OwnerId, leaf.OwnerId);
    }

    [Fact]
    public async Task A_page_stays_equal_to_the_renderer_whatever_comes_goes_and_moves()
    {
        await using var renderer = new RecordedRenderer();
        var random = new Random(23);
        for (var step = 0; step < 300; step++)
        {
            var keys = Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next()).ToArray();
            var (heading, level) = (random.Next(2) == 0, random.Next(4));

            await renderer.ShowAsync(page => List(page, keys, heading, level));

            var shown = string.Concat(renderer.Page.Root.AndDescendants().Select(node => node.Name is "li" ? $"[{node.Class}]" : node.Content));
            var expected = (heading ? "<h1>Sizes</h1>" : "") + string.Concat(keys.Select(key => $"[level-{(key + level) % 4}]size {key}{(key % 3 == 0 ? $"leaf {level}" : "")}")) + $"{keys.Length} left";
            Assert.Equal(expected, shown);
        }
    }

    private static void List(RenderTreeBuilder page, int[] keys, bool heading, int level)
    {
        if (heading) page.AddMarkupContent(0, "<h1>Sizes</h1>");
        page.OpenElement(1, "ul");
        foreach (var key in keys)
        {
            page.OpenElement(2, "li");
            page.SetKey(key);
            page.AddAttribute(3, "class", $"level-{(key + level) % 4}");
            // A region, which takes no place of its own among the children.
            page.AddContent(4, inner => inner.AddContent(0, $"size {key}"));
            if (key % 3 == 0)
            {
                page.OpenComponent<Leaf>(5);
                page.AddComponentParameter(6, nameof(Leaf.Text), $"leaf {level}");
                page.CloseComponent();
            }
            page.CloseElement();
        }
        page.CloseElement();
        page.AddContent(7, $"{keys.Length} left");
    }

    private sealed class Leaf : ComponentBase
    {
        [Parameter]
        public string Text { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddContent(1, Text);
            builder.CloseElement();
        }
    }
}
